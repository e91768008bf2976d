-- A schedule's turn is held while it runs, so that no second worker enters the same sweep.
ALTER TABLE schedule ADD COLUMN heldUntil datetime(3) NULL AFTER endedAt;

-- Filters of an export may hold a phone. Exports live for a day; those asked for before are asked for again.
DELETE FROM exportJob;
ALTER TABLE exportJob DROP COLUMN query, ADD COLUMN filters mediumblob NOT NULL AFTER language;
