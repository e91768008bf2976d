-- promise: 每笔分录借贷相等
-- promiseEn: The lines of every posting sum to zero
SELECT p.mallId, p.postingId, COALESCE(SUM(l.amount), 0) AS total, COUNT(l.lineNumber) AS linesCount
FROM ledgerPostings p LEFT JOIN ledgerLines l ON l.postingId = p.postingId
GROUP BY p.mallId, p.postingId HAVING COALESCE(SUM(l.amount), 0) <> 0 OR COUNT(l.lineNumber) < 2;
