-- promise: 每批积分：已用加剩余等于获得
-- promiseEn: Of every lot, what was used and what remains is what was earned
SELECT t.mallId, t.lotId, t.earned, t.remaining, COALESCE(u.used, 0) AS used
FROM ledgerLots t LEFT JOIN (SELECT lotId, SUM(amount) AS used FROM ledgerLotUses GROUP BY lotId) u ON u.lotId = t.lotId
WHERE t.remaining < 0 OR t.remaining > t.earned OR t.remaining + COALESCE(u.used, 0) <> t.earned;
