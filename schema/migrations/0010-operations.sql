-- What the operations page shows: invariants as last checked, exports on their way.
CREATE TABLE invariantResult (
  mallId char(26) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  code varchar(60) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  broken int NOT NULL,
  sample json NOT NULL,
  checkedAt datetime(3) NOT NULL,
  tookMs int NOT NULL,
  PRIMARY KEY (mallId, code)
) ENGINE=InnoDB;

CREATE TABLE exportJob (
  exportId char(26) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  mallId char(26) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  staffId char(26) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  kind varchar(30) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  format varchar(4) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  language varchar(5) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  query json NOT NULL,
  state varchar(10) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  rowsDone int NOT NULL DEFAULT 0,
  total int NULL,
  fileName varchar(80) NULL,
  failure varchar(200) NULL,
  createdAt datetime(3) NOT NULL,
  -- Moves while a worker writes; one that stands still was left by a worker that died.
  touchedAt datetime(3) NULL,
  endedAt datetime(3) NULL,
  PRIMARY KEY (exportId),
  KEY export_job_staff (mallId, staffId, createdAt)
) ENGINE=InnoDB;
