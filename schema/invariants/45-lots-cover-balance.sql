-- promise: 各批剩余之和等于余额（欠积分时为零）
-- promiseEn: What remains of the lots is the balance, or nothing while there is a debt
SELECT a.mallId, a.accountId, a.balance, COALESCE(t.remaining, 0) AS remaining
FROM ledgerAccounts a LEFT JOIN (SELECT accountId, SUM(remaining) AS remaining FROM ledgerLots GROUP BY accountId) t ON t.accountId = a.accountId
WHERE NOT a.house AND COALESCE(t.remaining, 0) <> GREATEST(a.balance, 0);
