-- promise: 每个账户的分录链条完整，没有被改动，末端与账户一致
-- promiseEn: The chain of hashes over every account is unbroken, and ends where the account says
SELECT l.mallId, l.accountId, l.sequence, l.postingId
FROM ledgerLines l
JOIN ledgerPostings p ON p.postingId = l.postingId
LEFT JOIN ledgerLines b ON b.accountId = l.accountId AND b.sequence = l.sequence - 1
WHERE l.sequence IS NOT NULL AND (
  l.balanceAfter <> COALESCE(b.balanceAfter, 0) + l.amount
  OR (l.sequence > 1 AND b.hash IS NULL)
  OR l.hash <> UNHEX(SHA2(CONCAT_WS('|', LOWER(HEX(COALESCE(b.hash, REPEAT(CHAR(0), 32)))), p.postingId, p.mallId, p.currency, p.kind, p.source,
    DATE_FORMAT(p.at, '%Y-%m-%dT%H:%i:%s.%f'), l.accountId, l.sequence, l.amount, l.balanceAfter), 256))
)
UNION ALL
SELECT a.mallId, a.accountId, a.sequence, COALESCE(l.postingId, '')
FROM ledgerAccounts a LEFT JOIN ledgerLines l ON l.accountId = a.accountId AND l.sequence = a.sequence
WHERE NOT a.house AND a.lastHash <> COALESCE(l.hash, REPEAT(CHAR(0), 32));
