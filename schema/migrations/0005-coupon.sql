-- Coupon templates with their versions and life, coupons, redemptions.
CREATE TABLE couponTemplates (
  templateId char(26) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  mallId char(26) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  version int NOT NULL,
  -- The version that is or was last in force; null before the first publishing.
  publishedVersion int NULL,
  state varchar(10) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  redeemed int NOT NULL DEFAULT 0,
  createdById char(26) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  createdBy varchar(40) NOT NULL,
  submittedById char(26) CHARACTER SET ascii COLLATE ascii_bin NULL,
  submittedBy varchar(40) NULL,
  submittedAt datetime(3) NULL,
  approvedById char(26) CHARACTER SET ascii COLLATE ascii_bin NULL,
  approvedBy varchar(40) NULL,
  returnReason varchar(200) NULL,
  updatedAt datetime(3) NOT NULL,
  createdAt datetime(3) NOT NULL DEFAULT CURRENT_TIMESTAMP(3),
  PRIMARY KEY (templateId),
  KEY couponTemplates_state (mallId, state, updatedAt)
) ENGINE=InnoDB;

-- What a version promises. Coupons name their version, so a later change never worsens what members hold.
CREATE TABLE couponTemplateVersions (
  templateId char(26) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  version int NOT NULL,
  mallId char(26) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  title varchar(24) NOT NULL,
  titleEn varchar(60) NOT NULL,
  kind varchar(10) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  worth json NOT NULL,
  stock int NULL,
  perMember int NOT NULL,
  pointsPrice int NOT NULL,
  minimumTier varchar(10) CHARACTER SET ascii COLLATE ascii_bin NULL,
  claimFrom datetime(3) NOT NULL,
  claimUntil datetime(3) NOT NULL,
  validity json NOT NULL,
  storeIds json NOT NULL,
  funder varchar(10) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  terms varchar(600) NOT NULL,
  termsEn varchar(1200) NOT NULL,
  createdAt datetime(3) NOT NULL DEFAULT CURRENT_TIMESTAMP(3),
  PRIMARY KEY (templateId, version)
) ENGINE=InnoDB;

-- The hot row of a template, apart from what operators edit: whoever claims locks this row and nothing else.
CREATE TABLE couponStocks (
  templateId char(26) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  mallId char(26) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  stock int NULL,
  claimed int NOT NULL DEFAULT 0,
  PRIMARY KEY (templateId)
) ENGINE=InnoDB;

CREATE TABLE couponTemplateHistory (
  entryId char(26) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  mallId char(26) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  templateId char(26) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  version int NOT NULL,
  act varchar(20) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  byId char(26) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  byName varchar(40) NOT NULL,
  note varchar(200) NULL,
  at datetime(3) NOT NULL,
  createdAt datetime(3) NOT NULL DEFAULT CURRENT_TIMESTAMP(3),
  PRIMARY KEY (entryId),
  KEY couponTemplateHistory_template (mallId, templateId, entryId)
) ENGINE=InnoDB;

CREATE TABLE coupons (
  couponId char(26) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  mallId char(26) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  couponNumber char(12) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  templateId char(26) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  version int NOT NULL,
  memberId char(26) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  -- Which one of the member's coupons of this template it is, from 1.
  memberSequence int NOT NULL,
  -- Actor and idempotency key of the claim: the same claim sent twice finds its coupon here.
  claimKey varbinary(32) NOT NULL,
  state varchar(10) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  claimedAt datetime(3) NOT NULL,
  validFrom datetime(3) NOT NULL,
  validUntil datetime(3) NOT NULL,
  pointsPaid int NOT NULL DEFAULT 0,
  lockedFor char(26) CHARACTER SET ascii COLLATE ascii_bin NULL,
  lockedAt datetime(3) NULL,
  redeemedAt datetime(3) NULL,
  createdAt datetime(3) NOT NULL DEFAULT CURRENT_TIMESTAMP(3),
  PRIMARY KEY (couponId),
  UNIQUE KEY coupons_number (mallId, couponNumber),
  UNIQUE KEY coupons_sequence (templateId, memberId, memberSequence),
  UNIQUE KEY coupons_claim (claimKey),
  KEY coupons_member (mallId, memberId, state, validUntil),
  KEY coupons_claimed (mallId, templateId, claimedAt),
  KEY coupons_expiring (mallId, state, validUntil),
  KEY coupons_locked (lockedFor)
) ENGINE=InnoDB;

CREATE TABLE redemptions (
  redemptionId char(26) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  mallId char(26) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  redemptionNumber char(14) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  couponId char(26) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  -- The coupon while the redemption stands, null once it was restored: at most one stands.
  standingFor char(26) CHARACTER SET ascii COLLATE ascii_bin NULL,
  templateId char(26) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  memberId char(26) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  -- The shop, or the car park of a payment that used a parking coupon; named as it was called then.
  storeId char(26) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  storeName varchar(60) NOT NULL,
  storeNameEn varchar(80) NOT NULL,
  paymentId char(26) CHARACTER SET ascii COLLATE ascii_bin NULL,
  staffId char(26) CHARACTER SET ascii COLLATE ascii_bin NULL,
  staffName varchar(40) NOT NULL,
  channel varchar(10) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  receiptNumber varchar(40) NULL,
  valueFen bigint NOT NULL,
  state varchar(10) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  at datetime(3) NOT NULL,
  restoredAt datetime(3) NULL,
  restoredById char(26) CHARACTER SET ascii COLLATE ascii_bin NULL,
  restoreReason varchar(200) NULL,
  createdAt datetime(3) NOT NULL DEFAULT CURRENT_TIMESTAMP(3),
  PRIMARY KEY (redemptionId),
  UNIQUE KEY redemptions_number (mallId, redemptionNumber),
  UNIQUE KEY redemptions_standing (standingFor),
  KEY redemptions_coupon (couponId, redemptionId),
  KEY redemptions_at (mallId, at, redemptionId),
  KEY redemptions_value (mallId, valueFen, redemptionId),
  KEY redemptions_store (mallId, storeId, at),
  KEY redemptions_template (mallId, templateId, at)
) ENGINE=InnoDB;

-- Dynamic codes that were taken once; each is good for one redemption.
CREATE TABLE usedCodes (
  mallId char(26) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  number varchar(12) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  step bigint NOT NULL,
  usedAt datetime(3) NOT NULL,
  PRIMARY KEY (mallId, number, step),
  KEY usedCodes_used (usedAt)
) ENGINE=InnoDB;
