-- Cars inside are asked for by plate on every home page, and counted by zone on every list of car parks.
ALTER TABLE parkingSessions ADD KEY parkingSessions_inside (mallId, openPlate, carParkId, zone);

-- An entry that is reported late looks for the exit of its plate that was reported before it.
ALTER TABLE parkingReadings ADD KEY parkingReadings_plate (mallId, plate, seenAt);
