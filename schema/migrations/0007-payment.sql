-- Payments, their refunds and what is known of them.
CREATE TABLE payments (
  paymentId char(26) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  mallId char(26) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  -- out_trade_no at the provider.
  paymentNumber varchar(32) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  purpose varchar(20) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  subjectId char(26) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  quoteId char(26) CHARACTER SET ascii COLLATE ascii_bin NULL,
  -- The quote while the payment is open, else null: one open payment for a quote.
  openQuoteId char(26) CHARACTER SET ascii COLLATE ascii_bin NULL,
  subject varchar(80) NOT NULL,
  subjectEn varchar(120) NOT NULL,
  memberId char(26) CHARACTER SET ascii COLLATE ascii_bin NULL,
  plate varchar(20) COLLATE utf8mb4_bin NULL,
  method varchar(16) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  provider varchar(10) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  state varchar(12) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  amountFen bigint NOT NULL,
  refundedFen bigint NOT NULL DEFAULT 0,
  -- Refunds done and under way together.
  committedFen bigint NOT NULL DEFAULT 0,
  -- 1 credited to its purpose, 0 superfluous and given back, null while nothing came in.
  kept tinyint(1) NULL,
  providerNumber varchar(64) CHARACTER SET ascii COLLATE ascii_bin NULL,
  payer varbinary(255) NULL,
  action json NULL,
  invoice json NULL,
  failure varchar(200) NULL,
  expiresAt datetime(3) NOT NULL,
  paidAt datetime(3) NULL,
  closedAt datetime(3) NULL,
  askAt datetime(3) NULL,
  asks int NOT NULL DEFAULT 0,
  pointsEarned int NOT NULL DEFAULT 0,
  fapiaoId char(26) CHARACTER SET ascii COLLATE ascii_bin NULL,
  fapiaoState varchar(12) CHARACTER SET ascii COLLATE ascii_bin NULL,
  createdAt datetime(3) NOT NULL,
  PRIMARY KEY (paymentId),
  UNIQUE KEY payments_number (paymentNumber),
  UNIQUE KEY payments_provider (provider, providerNumber),
  UNIQUE KEY payments_quote (openQuoteId),
  KEY payments_created (mallId, createdAt),
  KEY payments_paid (mallId, paidAt),
  KEY payments_amount (mallId, amountFen),
  KEY payments_member (mallId, memberId, createdAt),
  KEY payments_subject (mallId, purpose, subjectId),
  KEY payments_plate (mallId, plate),
  KEY payments_ask (askAt)
) ENGINE=InnoDB;

-- Everything that became known about a payment, in order.
CREATE TABLE paymentFacts (
  entryId char(26) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  mallId char(26) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  paymentId char(26) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  at datetime(3) NOT NULL,
  fact varchar(80) NOT NULL,
  factEn varchar(120) NOT NULL,
  detail varchar(300) NULL,
  ok tinyint(1) NULL,
  createdAt datetime(3) NOT NULL DEFAULT CURRENT_TIMESTAMP(3),
  PRIMARY KEY (entryId),
  KEY paymentFacts_payment (paymentId, at)
) ENGINE=InnoDB;

CREATE TABLE refunds (
  refundId char(26) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  mallId char(26) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  paymentId char(26) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  -- out_refund_no at the provider; every try sends the same.
  refundNumber varchar(32) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  amountFen bigint NOT NULL,
  state varchar(10) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  reason varchar(200) NOT NULL,
  byName varchar(40) NULL,
  providerNumber varchar(64) CHARACTER SET ascii COLLATE ascii_bin NULL,
  failure varchar(200) NULL,
  createdAt datetime(3) NOT NULL,
  doneAt datetime(3) NULL,
  askAt datetime(3) NULL,
  asks int NOT NULL DEFAULT 0,
  PRIMARY KEY (refundId),
  UNIQUE KEY refunds_number (refundNumber),
  KEY refunds_payment (paymentId, createdAt),
  KEY refunds_ask (askAt),
  KEY refunds_done (mallId, doneAt)
) ENGINE=InnoDB;
