-- The mall, its floors and units, tenants and stores, notices.
CREATE TABLE mall (
  mallId char(26) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  code varchar(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  name varchar(40) NOT NULL,
  nameEn varchar(80) NOT NULL,
  city varchar(40) NOT NULL,
  address varchar(120) NOT NULL,
  addressEn varchar(160) NOT NULL,
  phone varchar(30) NOT NULL,
  opensAt varchar(5) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  closesAt varchar(5) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  transport json NOT NULL,
  createdAt datetime(3) NOT NULL DEFAULT CURRENT_TIMESTAMP(3),
  PRIMARY KEY (mallId),
  UNIQUE KEY mall_code (code)
) ENGINE=InnoDB;

CREATE TABLE floor (
  mallId char(26) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  code varchar(4) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  position smallint NOT NULL,
  name varchar(40) NOT NULL,
  nameEn varchar(80) NOT NULL,
  theme varchar(40) NOT NULL,
  themeEn varchar(80) NOT NULL,
  outline json NOT NULL,
  atrium json NOT NULL,
  facilities json NOT NULL,
  corridors json NOT NULL,
  PRIMARY KEY (mallId, code)
) ENGINE=InnoDB;

CREATE TABLE unit (
  mallId char(26) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  unit varchar(12) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  floor varchar(4) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  points json NOT NULL,
  door json NOT NULL,
  PRIMARY KEY (mallId, unit),
  KEY unit_floor (mallId, floor)
) ENGINE=InnoDB;

CREATE TABLE tradeCategory (
  mallId char(26) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  code varchar(20) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  position smallint NOT NULL,
  name varchar(20) NOT NULL,
  nameEn varchar(40) NOT NULL,
  PRIMARY KEY (mallId, code)
) ENGINE=InnoDB;

CREATE TABLE tenant (
  tenantId char(26) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  mallId char(26) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  name varchar(60) NOT NULL,
  creditCode varchar(20) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  createdAt datetime(3) NOT NULL DEFAULT CURRENT_TIMESTAMP(3),
  PRIMARY KEY (tenantId),
  UNIQUE KEY tenant_credit_code (mallId, creditCode)
) ENGINE=InnoDB;

CREATE TABLE store (
  storeId char(26) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  mallId char(26) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  tenantId char(26) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  name varchar(40) NOT NULL,
  nameEn varchar(60) NOT NULL,
  pinyin varchar(200) NOT NULL,
  initials varchar(40) NOT NULL,
  initial char(1) NOT NULL,
  floor varchar(4) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  unit varchar(12) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  tradeCategory varchar(20) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  logo text NOT NULL,
  summary varchar(80) NOT NULL,
  summaryEn varchar(160) NOT NULL,
  description text NOT NULL,
  descriptionEn text NOT NULL,
  phone varchar(30) NULL,
  opensAt varchar(5) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  closesAt varchar(5) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  tags json NOT NULL,
  averageSpendFen bigint NULL,
  status varchar(10) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  createdAt datetime(3) NOT NULL DEFAULT CURRENT_TIMESTAMP(3),
  updatedAt datetime(3) NOT NULL,
  PRIMARY KEY (storeId),
  KEY store_listed (mallId, status, pinyin),
  KEY store_unit (mallId, unit),
  KEY store_tenant (mallId, tenantId)
) ENGINE=InnoDB;

CREATE TABLE notice (
  noticeId char(26) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  mallId char(26) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  kind varchar(10) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  state varchar(10) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  title varchar(40) NOT NULL,
  titleEn varchar(80) NOT NULL,
  summary varchar(80) NOT NULL,
  summaryEn varchar(160) NOT NULL,
  body text NOT NULL,
  bodyEn text NOT NULL,
  art varchar(30) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  place varchar(40) NULL,
  startsAt datetime(3) NULL,
  endsAt datetime(3) NULL,
  publishedAt datetime(3) NULL,
  createdById char(26) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  createdBy varchar(30) NOT NULL,
  createdAt datetime(3) NOT NULL DEFAULT CURRENT_TIMESTAMP(3),
  updatedAt datetime(3) NOT NULL,
  PRIMARY KEY (noticeId),
  KEY notice_public (mallId, state, publishedAt)
) ENGINE=InnoDB;
