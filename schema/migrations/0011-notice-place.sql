-- Where an event takes place, in English beside the Chinese.
ALTER TABLE notice ADD COLUMN placeEn varchar(80) NULL AFTER place;
