-- One row that readiness writes: a database that only reads, or has no room left, is not ready.
CREATE TABLE writeProbe (
  one tinyint NOT NULL,
  at datetime(3) NOT NULL,
  PRIMARY KEY (one)
) ENGINE=InnoDB;
