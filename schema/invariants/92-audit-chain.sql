-- promise: 操作日志不缺条、不断号，哈希链与封签相符
-- promiseEn: No entry of the audit log is missing or out of its place, and its chain and seals hold
SELECT h.mallId, h.lane, h.sequence, COALESCE(e.entries, 0) AS entries, COALESCE(e.lastSequence, 0) AS lastSequence, h.broken
FROM auditHead h
LEFT JOIN (SELECT mallId, lane, COUNT(*) AS entries, MAX(sequence) AS lastSequence FROM auditEntry GROUP BY mallId, lane) e ON e.mallId = h.mallId AND e.lane = h.lane
WHERE h.sequence <> COALESCE(e.entries, 0) OR h.sequence <> COALESCE(e.lastSequence, 0) OR h.broken
UNION ALL
SELECT e.mallId, e.lane, 0, COUNT(*), MAX(e.sequence), true
FROM auditEntry e LEFT JOIN auditHead h ON h.mallId = e.mallId AND h.lane = e.lane
WHERE h.lane IS NULL GROUP BY e.mallId, e.lane
UNION ALL
SELECT mallId, -1, 0, COUNT(*), 32, true FROM auditHead GROUP BY mallId HAVING COUNT(*) <> 32;
