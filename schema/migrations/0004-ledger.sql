-- The double-entry ledger of all that is counted in units. Postings and lines are written once and never changed.
CREATE TABLE ledgerAccounts (
  accountId char(26) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  mallId char(26) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  currency varchar(20) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  -- The member's id, or the name of a house account (issued, spent, expired, adjusted).
  holder varchar(26) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  -- House accounts keep no balance: it would be one hot row for the whole mall. Their sum comes from the lines.
  house boolean NOT NULL,
  balance bigint NOT NULL DEFAULT 0,
  held bigint NOT NULL DEFAULT 0,
  sequence int NOT NULL DEFAULT 0,
  lastHash varbinary(32) NOT NULL,
  createdAt datetime(3) NOT NULL DEFAULT CURRENT_TIMESTAMP(3),
  PRIMARY KEY (accountId),
  UNIQUE KEY ledgerAccounts_holder (mallId, currency, holder),
  KEY ledgerAccounts_balance (mallId, currency, balance)
) ENGINE=InnoDB;

CREATE TABLE ledgerPostings (
  postingId char(26) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  mallId char(26) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  currency varchar(20) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  kind varchar(20) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  -- What caused it, as kind:id; one posting for each.
  source varchar(100) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  reverses char(26) CHARACTER SET ascii COLLATE ascii_bin NULL,
  facts json NOT NULL,
  at datetime(3) NOT NULL,
  createdAt datetime(3) NOT NULL DEFAULT CURRENT_TIMESTAMP(3),
  PRIMARY KEY (postingId),
  UNIQUE KEY ledgerPostings_source (mallId, currency, source),
  KEY ledgerPostings_reverses (reverses)
) ENGINE=InnoDB;

CREATE TABLE ledgerLines (
  postingId char(26) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  lineNumber tinyint NOT NULL,
  mallId char(26) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  accountId char(26) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  amount bigint NOT NULL,
  -- Place in the chain of the account; null on house accounts.
  sequence int NULL,
  balanceAfter bigint NULL,
  hash varbinary(32) NULL,
  PRIMARY KEY (postingId, lineNumber),
  UNIQUE KEY ledgerLines_chain (accountId, sequence)
) ENGINE=InnoDB;

CREATE TABLE ledgerLots (
  lotId char(26) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  mallId char(26) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  accountId char(26) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  postingId char(26) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  earned bigint NOT NULL,
  remaining bigint NOT NULL,
  expiresAt datetime(3) NOT NULL,
  createdAt datetime(3) NOT NULL DEFAULT CURRENT_TIMESTAMP(3),
  PRIMARY KEY (lotId),
  UNIQUE KEY ledgerLots_posting (postingId, accountId),
  KEY ledgerLots_open (accountId, remaining, expiresAt),
  KEY ledgerLots_expires (mallId, expiresAt, remaining)
) ENGINE=InnoDB;

-- Where the units of a lot went: spent, taken back, expired, or into a debt that was there before. Negative: given back.
CREATE TABLE ledgerLotUses (
  postingId char(26) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  lotId char(26) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  mallId char(26) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  amount bigint NOT NULL,
  PRIMARY KEY (postingId, lotId),
  KEY ledgerLotUses_lot (lotId)
) ENGINE=InnoDB;

-- Units set aside until they are posted or let go.
CREATE TABLE ledgerHolds (
  holdId char(26) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  mallId char(26) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  accountId char(26) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  currency varchar(20) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  source varchar(100) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  amount bigint NOT NULL,
  state varchar(10) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  expiresAt datetime(3) NOT NULL,
  postingId char(26) CHARACTER SET ascii COLLATE ascii_bin NULL,
  createdAt datetime(3) NOT NULL DEFAULT CURRENT_TIMESTAMP(3),
  PRIMARY KEY (holdId),
  UNIQUE KEY ledgerHolds_source (mallId, currency, source),
  KEY ledgerHolds_account (accountId, state),
  KEY ledgerHolds_expires (mallId, state, expiresAt)
) ENGINE=InnoDB;

-- What payments and refunds said, in whatever order they came: points follow from it.
CREATE TABLE pointsPayments (
  paymentId char(26) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  mallId char(26) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  memberId char(26) CHARACTER SET ascii COLLATE ascii_bin NULL,
  -- Null while only a refund is known.
  paidFen bigint NULL,
  pointsEarned bigint NOT NULL DEFAULT 0,
  createdAt datetime(3) NOT NULL DEFAULT CURRENT_TIMESTAMP(3),
  PRIMARY KEY (paymentId)
) ENGINE=InnoDB;

CREATE TABLE pointsRefunds (
  refundId char(26) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  mallId char(26) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  paymentId char(26) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  amountFen bigint NOT NULL,
  createdAt datetime(3) NOT NULL DEFAULT CURRENT_TIMESTAMP(3),
  PRIMARY KEY (refundId),
  KEY pointsRefunds_payment (paymentId)
) ENGINE=InnoDB;
