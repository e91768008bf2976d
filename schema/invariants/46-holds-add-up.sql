-- promise: 冻结额等于未决冻结之和
-- promiseEn: What an account holds back is the sum of its pending holds
SELECT a.mallId, a.accountId, a.held, COALESCE(h.pending, 0) AS pending
FROM ledgerAccounts a LEFT JOIN (SELECT accountId, SUM(amount) AS pending FROM ledgerHolds WHERE state = 'pending' GROUP BY accountId) h ON h.accountId = a.accountId
WHERE a.held <> COALESCE(h.pending, 0);
