-- promise: 已领数不超过库存，且等于券的张数
-- promiseEn: Claimed coupons never exceed the stock, and the count is the number of coupons
SELECT s.mallId, s.templateId, s.stock, s.claimed, COALESCE(c.coupons, 0) AS coupons
FROM couponStocks s LEFT JOIN (SELECT templateId, COUNT(*) AS coupons FROM coupons GROUP BY templateId) c ON c.templateId = s.templateId
WHERE s.claimed <> COALESCE(c.coupons, 0) OR s.claimed > COALESCE(s.stock, s.claimed);
