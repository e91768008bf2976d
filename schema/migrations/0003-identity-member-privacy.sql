-- People (group-wide), how they sign in, what they are to each mall, what they agreed to.
CREATE TABLE members (
  memberId char(26) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  memberNumber char(10) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  phone varbinary(255) NOT NULL,
  phoneIndex varbinary(32) NOT NULL,
  nickname varchar(40) NOT NULL,
  language varchar(5) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  elderView boolean NOT NULL DEFAULT FALSE,
  joinedAt datetime(3) NOT NULL,
  createdAt datetime(3) NOT NULL DEFAULT CURRENT_TIMESTAMP(3),
  PRIMARY KEY (memberId),
  UNIQUE KEY members_number (memberNumber),
  UNIQUE KEY members_phone (phoneIndex),
  KEY members_nickname (nickname)
) ENGINE=InnoDB;

CREATE TABLE memberships (
  mallId char(26) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  memberId char(26) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  tier varchar(10) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  tierSince datetime(3) NOT NULL,
  channel varchar(10) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  joinedAt datetime(3) NOT NULL,
  lastSeenAt datetime(3) NULL,
  visits int NOT NULL DEFAULT 0,
  createdAt datetime(3) NOT NULL DEFAULT CURRENT_TIMESTAMP(3),
  PRIMARY KEY (mallId, memberId),
  KEY memberships_joined (mallId, joinedAt, memberId),
  KEY memberships_seen (mallId, lastSeenAt, memberId),
  KEY memberships_visits (mallId, visits, memberId),
  KEY memberships_member (memberId)
) ENGINE=InnoDB;

-- One row for each business day on which a member was in the mall.
CREATE TABLE memberVisits (
  mallId char(26) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  memberId char(26) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  day date NOT NULL,
  firstAt datetime(3) NOT NULL,
  kind varchar(20) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  PRIMARY KEY (mallId, memberId, day),
  KEY memberVisits_day (mallId, day)
) ENGINE=InnoDB;

CREATE TABLE channelAccounts (
  accountId char(26) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  memberId char(26) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  provider varchar(10) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  openId varbinary(255) NOT NULL,
  openIdIndex varbinary(32) NOT NULL,
  unionId varbinary(255) NULL,
  unionIdIndex varbinary(32) NULL,
  linkedAt datetime(3) NOT NULL,
  createdAt datetime(3) NOT NULL DEFAULT CURRENT_TIMESTAMP(3),
  PRIMARY KEY (accountId),
  UNIQUE KEY channelAccounts_open (provider, openIdIndex),
  KEY channelAccounts_union (provider, unionIdIndex),
  KEY channelAccounts_member (memberId, provider)
) ENGINE=InnoDB;

-- The code that is live for a phone; a new one replaces it.
CREATE TABLE smsCodes (
  phoneIndex varbinary(32) NOT NULL,
  codeHash varbinary(32) NOT NULL,
  sentAt datetime(3) NOT NULL,
  expiresAt datetime(3) NOT NULL,
  tries int NOT NULL DEFAULT 0,
  usedAt datetime(3) NULL,
  PRIMARY KEY (phoneIndex),
  KEY smsCodes_expires (expiresAt)
) ENGINE=InnoDB;

-- How many messages a phone or an address caused in a window.
CREATE TABLE smsBudgets (
  subject varbinary(32) NOT NULL,
  windowName varchar(10) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  windowStart datetime(3) NOT NULL,
  sent int NOT NULL,
  PRIMARY KEY (subject, windowName, windowStart),
  KEY smsBudgets_start (windowStart)
) ENGINE=InnoDB;

CREATE TABLE memberSessions (
  sessionId char(26) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  mallId char(26) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  memberId char(26) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  channel varchar(10) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  device varchar(60) NOT NULL,
  accessHash varbinary(32) NOT NULL,
  accessExpiresAt datetime(3) NOT NULL,
  startedAt datetime(3) NOT NULL,
  lastSeenAt datetime(3) NOT NULL,
  expiresAt datetime(3) NOT NULL,
  endedAt datetime(3) NULL,
  endReason varchar(20) CHARACTER SET ascii COLLATE ascii_bin NULL,
  createdAt datetime(3) NOT NULL DEFAULT CURRENT_TIMESTAMP(3),
  PRIMARY KEY (sessionId),
  UNIQUE KEY memberSessions_access (accessHash),
  KEY memberSessions_member (memberId, endedAt),
  KEY memberSessions_expires (expiresAt)
) ENGINE=InnoDB;

-- Every refresh token of a session; a used one that comes back ends the session.
CREATE TABLE refreshTokens (
  tokenHash varbinary(32) NOT NULL,
  sessionId char(26) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  issuedAt datetime(3) NOT NULL,
  expiresAt datetime(3) NOT NULL,
  usedAt datetime(3) NULL,
  PRIMARY KEY (tokenHash),
  KEY refreshTokens_session (sessionId),
  KEY refreshTokens_expires (expiresAt)
) ENGINE=InnoDB;

-- Append-only: what was agreed to or withdrawn. The newest row of a purpose is what holds.
CREATE TABLE consents (
  consentId char(26) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  mallId char(26) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  memberId char(26) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  purpose varchar(20) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  granted boolean NOT NULL,
  version varchar(20) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  noticeHash varbinary(32) NOT NULL,
  channel varchar(10) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  requestId varchar(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  at datetime(3) NOT NULL,
  createdAt datetime(3) NOT NULL DEFAULT CURRENT_TIMESTAMP(3),
  PRIMARY KEY (consentId),
  KEY consents_member (mallId, memberId, purpose, consentId)
) ENGINE=InnoDB;
