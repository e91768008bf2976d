-- Car parks with their tariffs and lanes, stays from entry to exit, what cameras saw and barriers were told.
CREATE TABLE carParks (
  carParkId char(26) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  mallId char(26) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  carParkCode varchar(20) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  name varchar(40) NOT NULL,
  nameEn varchar(80) NOT NULL,
  -- Street address as a fapiao for the letting of a place needs it.
  address varchar(120) NOT NULL,
  total int NOT NULL,
  zones json NOT NULL,
  position int NOT NULL DEFAULT 0,
  createdAt datetime(3) NOT NULL DEFAULT CURRENT_TIMESTAMP(3),
  PRIMARY KEY (carParkId),
  UNIQUE KEY carParks_code (mallId, carParkCode)
) ENGINE=InnoDB;

-- A tariff is never changed: a new version is added, and every stay keeps the one of its entry.
CREATE TABLE parkingTariffs (
  tariffId char(26) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  mallId char(26) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  carParkId char(26) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  name varchar(40) NOT NULL,
  version int NOT NULL,
  validFrom datetime(3) NOT NULL,
  freeMinutes int NOT NULL,
  firstMinutes int NOT NULL,
  firstFen bigint NOT NULL,
  unitMinutes int NOT NULL,
  unitFen bigint NOT NULL,
  dayCapFen bigint NOT NULL,
  graceMinutes int NOT NULL,
  createdAt datetime(3) NOT NULL DEFAULT CURRENT_TIMESTAMP(3),
  PRIMARY KEY (tariffId),
  UNIQUE KEY parkingTariffs_version (carParkId, version)
) ENGINE=InnoDB;

-- A lane with its camera and barrier, and what is going on in it right now.
CREATE TABLE parkingLanes (
  laneId char(26) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  mallId char(26) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  carParkId char(26) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  position int NOT NULL DEFAULT 0,
  kind varchar(10) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  name varchar(40) NOT NULL,
  nameEn varchar(80) NOT NULL,
  -- Zone into which an entry leads.
  zone varchar(20) NULL,
  cameraSerial varchar(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  lastSeenAt datetime(3) NULL,
  barrier varchar(10) CHARACTER SET ascii COLLATE ascii_bin NOT NULL DEFAULT 'down',
  state varchar(20) CHARACTER SET ascii COLLATE ascii_bin NOT NULL DEFAULT 'closed',
  plate varchar(20) COLLATE utf8mb4_bin NULL,
  confidence double NULL,
  seenAt datetime(3) NULL,
  note varchar(120) NOT NULL DEFAULT '',
  noteEn varchar(200) NOT NULL DEFAULT '',
  parkingId char(26) CHARACTER SET ascii COLLATE ascii_bin NULL,
  readingId char(26) CHARACTER SET ascii COLLATE ascii_bin NULL,
  dueFen bigint NULL,
  createdAt datetime(3) NOT NULL DEFAULT CURRENT_TIMESTAMP(3),
  PRIMARY KEY (laneId),
  UNIQUE KEY parkingLanes_camera (cameraSerial),
  KEY parkingLanes_mall (mallId, position)
) ENGINE=InnoDB;

CREATE TABLE parkingSessions (
  parkingId char(26) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  mallId char(26) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  carParkId char(26) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  tariffId char(26) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  plate varchar(20) COLLATE utf8mb4_bin NOT NULL,
  plateKind varchar(10) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  -- The plate while the car is inside, else null: one stay at a time for a plate in a car park.
  openPlate varchar(20) COLLATE utf8mb4_bin NULL,
  zone varchar(20) NULL,
  state varchar(10) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  entryAt datetime(3) NOT NULL,
  entryLaneId char(26) CHARACTER SET ascii COLLATE ascii_bin NULL,
  exitAt datetime(3) NULL,
  exitLaneId char(26) CHARACTER SET ascii COLLATE ascii_bin NULL,
  paidAt datetime(3) NULL,
  leaveBy datetime(3) NULL,
  paidFen bigint NOT NULL DEFAULT 0,
  refundedFen bigint NOT NULL DEFAULT 0,
  tierMinutes int NOT NULL DEFAULT 0,
  -- Coupons used up by this stay, with minutes and titles.
  coupons json NOT NULL,
  memberId char(26) CHARACTER SET ascii COLLATE ascii_bin NULL,
  paymentId char(26) CHARACTER SET ascii COLLATE ascii_bin NULL,
  stuckAt datetime(3) NULL,
  note varchar(200) NULL,
  createdAt datetime(3) NOT NULL DEFAULT CURRENT_TIMESTAMP(3),
  PRIMARY KEY (parkingId),
  UNIQUE KEY parkingSessions_open (mallId, carParkId, openPlate),
  KEY parkingSessions_entry (mallId, entryAt),
  KEY parkingSessions_exit (mallId, exitAt),
  KEY parkingSessions_plate (mallId, plate, entryAt),
  KEY parkingSessions_member (mallId, memberId, entryAt),
  KEY parkingSessions_state (mallId, state, entryAt),
  KEY parkingSessions_stuck (state, stuckAt)
) ENGINE=InnoDB;

-- One row for each plate a camera reported; the camera's own numbers make a repeat known.
CREATE TABLE parkingReadings (
  readingId char(26) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  mallId char(26) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  laneId char(26) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  kind varchar(10) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  cameraSerial varchar(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  vendorPlateId varchar(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  sec bigint NOT NULL,
  plateRaw varchar(20) COLLATE utf8mb4_bin NOT NULL,
  plate varchar(20) COLLATE utf8mb4_bin NOT NULL,
  confidence double NOT NULL,
  offline tinyint(1) NOT NULL,
  seenAt datetime(3) NOT NULL,
  state varchar(10) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  answer varchar(4) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  parkingId char(26) CHARACTER SET ascii COLLATE ascii_bin NULL,
  correctedPlate varchar(20) COLLATE utf8mb4_bin NULL,
  byName varchar(40) NULL,
  reason varchar(200) NULL,
  -- Kept only while a person has to look.
  picture mediumtext NULL,
  createdAt datetime(3) NOT NULL DEFAULT CURRENT_TIMESTAMP(3),
  PRIMARY KEY (readingId),
  UNIQUE KEY parkingReadings_event (cameraSerial, vendorPlateId, sec),
  KEY parkingReadings_waiting (mallId, state, seenAt)
) ENGINE=InnoDB;

-- What a barrier was told. `dueAt` is when a queued one may be fetched, or a sent one must have been acknowledged.
CREATE TABLE gateCommands (
  commandId char(26) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  mallId char(26) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  laneId char(26) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  parkingId char(26) CHARACTER SET ascii COLLATE ascii_bin NULL,
  readingId char(26) CHARACTER SET ascii COLLATE ascii_bin NULL,
  vendorPlateId varchar(40) CHARACTER SET ascii COLLATE ascii_bin NULL,
  kind varchar(10) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  state varchar(10) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  tries int NOT NULL DEFAULT 0,
  dueAt datetime(3) NOT NULL,
  sentAt datetime(3) NULL,
  openedAt datetime(3) NULL,
  byName varchar(40) NULL,
  reason varchar(200) NULL,
  createdAt datetime(3) NOT NULL DEFAULT CURRENT_TIMESTAMP(3),
  PRIMARY KEY (commandId),
  KEY gateCommands_lane (laneId, state, dueAt),
  KEY gateCommands_due (state, dueAt),
  KEY gateCommands_parking (parkingId)
) ENGINE=InnoDB;

CREATE TABLE parkingTrail (
  entryId char(26) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  mallId char(26) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  parkingId char(26) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  at datetime(3) NOT NULL,
  act varchar(60) NOT NULL,
  actEn varchar(100) NOT NULL,
  byName varchar(40) NULL,
  detail varchar(300) NULL,
  createdAt datetime(3) NOT NULL DEFAULT CURRENT_TIMESTAMP(3),
  PRIMARY KEY (entryId),
  KEY parkingTrail_session (parkingId, at)
) ENGINE=InnoDB;

CREATE TABLE parkingQuotes (
  quoteId char(26) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  mallId char(26) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  parkingId char(26) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  memberId char(26) CHARACTER SET ascii COLLATE ascii_bin NULL,
  at datetime(3) NOT NULL,
  stayMinutes int NOT NULL,
  tariffFen bigint NOT NULL,
  tierFen bigint NOT NULL,
  couponFen bigint NOT NULL,
  capFen bigint NOT NULL,
  paidBeforeFen bigint NOT NULL,
  dueFen bigint NOT NULL,
  -- Minutes of the tier and coupons that this quote needs beyond what the stay has used already.
  tierMinutes int NOT NULL,
  couponIds json NOT NULL,
  parts json NOT NULL,
  validUntil datetime(3) NOT NULL,
  nextDueFen bigint NOT NULL,
  graceMinutes int NOT NULL,
  createdAt datetime(3) NOT NULL DEFAULT CURRENT_TIMESTAMP(3),
  PRIMARY KEY (quoteId),
  KEY parkingQuotes_session (parkingId, at)
) ENGINE=InnoDB;

-- Plates of members: who owns which car is personal, so it is encrypted; the blind index finds it.
CREATE TABLE parkingPlates (
  plateId char(26) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  mallId char(26) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  memberId char(26) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  plate varbinary(255) NOT NULL,
  plateIndex varbinary(32) NOT NULL,
  -- The same while bound, null afterwards: one member for a plate at a time.
  boundIndex varbinary(32) NULL,
  boundAt datetime(3) NOT NULL,
  unboundAt datetime(3) NULL,
  createdAt datetime(3) NOT NULL DEFAULT CURRENT_TIMESTAMP(3),
  PRIMARY KEY (plateId),
  UNIQUE KEY parkingPlates_bound (mallId, boundIndex),
  KEY parkingPlates_member (mallId, memberId)
) ENGINE=InnoDB;

-- Minutes of the tier used on a business day; the row is locked while some are taken.
CREATE TABLE parkingTierDays (
  mallId char(26) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  memberId char(26) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  day varchar(10) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  minutes int NOT NULL,
  PRIMARY KEY (mallId, memberId, day)
) ENGINE=InnoDB;

CREATE TABLE parkingTierUses (
  paymentId char(26) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  mallId char(26) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  memberId char(26) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  day varchar(10) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  parkingId char(26) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  minutes int NOT NULL,
  state varchar(10) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  createdAt datetime(3) NOT NULL DEFAULT CURRENT_TIMESTAMP(3),
  PRIMARY KEY (paymentId),
  KEY parkingTierUses_day (mallId, memberId, day)
) ENGINE=InnoDB;
