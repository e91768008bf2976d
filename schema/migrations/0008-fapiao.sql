-- Digital invoices (数电票): titles, invoices, what they are over, what happened to them.
CREATE TABLE fapiaoTitle (
  titleId char(26) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  mallId char(26) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  memberId char(26) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  kind varchar(10) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  details varbinary(1200) NOT NULL,
  isDefault boolean NOT NULL,
  createdAt datetime(3) NOT NULL DEFAULT CURRENT_TIMESTAMP(3),
  removedAt datetime(3) NULL,
  PRIMARY KEY (titleId),
  KEY fapiaoTitle_member (mallId, memberId)
) ENGINE=InnoDB;

CREATE TABLE fapiao (
  fapiaoId char(26) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  mallId char(26) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  memberId char(26) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  orderNumber varchar(20) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  state varchar(12) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  titleKind varchar(10) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  title varbinary(1200) NOT NULL,
  grossFen bigint NOT NULL,
  netFen bigint NOT NULL,
  taxFen bigint NOT NULL,
  taxRatePerMille int NOT NULL,
  number varchar(20) CHARACTER SET ascii COLLATE ascii_bin NULL,
  pdfUrl varchar(500) NULL,
  issuedAt datetime(3) NULL,
  requestedAt datetime(3) NOT NULL,
  attempts int NOT NULL DEFAULT 0,
  askAt datetime(3) NULL,
  failure varchar(200) NULL,
  redOrderNumber varchar(20) CHARACTER SET ascii COLLATE ascii_bin NULL,
  redNumber varchar(20) CHARACTER SET ascii COLLATE ascii_bin NULL,
  PRIMARY KEY (fapiaoId),
  UNIQUE KEY fapiao_order (orderNumber),
  UNIQUE KEY fapiao_number (number),
  KEY fapiao_member (mallId, memberId, requestedAt),
  KEY fapiao_requested (mallId, requestedAt),
  KEY fapiao_ask (askAt)
) ENGINE=InnoDB;

CREATE TABLE fapiaoLine (
  fapiaoId char(26) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  paymentId char(26) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  mallId char(26) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  livePaymentId char(26) CHARACTER SET ascii COLLATE ascii_bin NULL,
  title varchar(100) NOT NULL,
  titleEn varchar(150) NOT NULL,
  grossFen bigint NOT NULL,
  netFen bigint NOT NULL,
  taxFen bigint NOT NULL,
  PRIMARY KEY (fapiaoId, paymentId),
  UNIQUE KEY fapiaoLine_live (livePaymentId),
  KEY fapiaoLine_payment (mallId, paymentId)
) ENGINE=InnoDB;

CREATE TABLE fapiaoTrail (
  trailId char(26) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  mallId char(26) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  fapiaoId char(26) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  at datetime(3) NOT NULL,
  fact varchar(60) NOT NULL,
  factEn varchar(80) NOT NULL,
  detail varchar(200) NULL,
  PRIMARY KEY (trailId),
  KEY fapiaoTrail_fapiao (mallId, fapiaoId, at)
) ENGINE=InnoDB;
