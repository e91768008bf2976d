-- promise: 车在场时占住车牌，离场后不占；一个车场里同一车牌只有一次在场停车
-- promiseEn: A car inside holds its plate and one outside does not; a plate is inside a car park once
SELECT mallId, parkingId, state, plate, openPlate FROM parkingSessions
WHERE (state IN ('open', 'paid', 'leaving', 'stuck')) <> (openPlate IS NOT NULL) OR (openPlate IS NOT NULL AND openPlate <> plate)
