-- promise: 操作日志不缺条、不断号
-- promiseEn: No entry of the audit log is missing and none is out of its place
SELECT h.mallId, h.lane, h.sequence, COALESCE(e.entries, 0) AS entries, COALESCE(e.lastSequence, 0) AS lastSequence
FROM auditHead h
LEFT JOIN (SELECT mallId, lane, COUNT(*) AS entries, MAX(sequence) AS lastSequence FROM auditEntry GROUP BY mallId, lane) e ON e.mallId = h.mallId AND e.lane = h.lane
WHERE h.sequence <> COALESCE(e.entries, 0) OR h.sequence <> COALESCE(e.lastSequence, 0);
