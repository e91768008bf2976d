-- promise: 冲回之和不超过原分录
-- promiseEn: Reversals never exceed the posting they name
SELECT o.mallId, o.postingId, ol.amount AS original, SUM(rl.amount) AS reversed
FROM ledgerPostings o
JOIN ledgerLines ol ON ol.postingId = o.postingId AND ol.sequence IS NOT NULL
JOIN ledgerPostings r ON r.reverses = o.postingId
JOIN ledgerLines rl ON rl.postingId = r.postingId AND rl.accountId = ol.accountId
GROUP BY o.mallId, o.postingId, ol.accountId, ol.amount
HAVING ABS(SUM(rl.amount)) > ABS(ol.amount) OR SIGN(SUM(rl.amount)) = SIGN(ol.amount);
