-- promise: 余额等于全部分录之和
-- promiseEn: Every kept balance is the sum of its lines
SELECT a.mallId, a.accountId, a.balance, COALESCE(l.total, 0) AS total, a.sequence, COALESCE(l.lastSequence, 0) AS lastSequence
FROM ledgerAccounts a LEFT JOIN (SELECT accountId, SUM(amount) AS total, MAX(sequence) AS lastSequence FROM ledgerLines GROUP BY accountId) l ON l.accountId = a.accountId
WHERE NOT a.house AND (a.balance <> COALESCE(l.total, 0) OR a.sequence <> COALESCE(l.lastSequence, 0));
