-- promise: 每笔支付最多一张有效发票；失效的发票不再占用支付
-- promiseEn: A payment has one live fapiao at most, and a dead one holds no payment
SELECT f.mallId, f.fapiaoId, l.paymentId, f.state, l.livePaymentId
FROM fapiao f JOIN fapiaoLine l ON l.fapiaoId = f.fapiaoId
WHERE (f.state IN ('requested', 'issuing', 'asking', 'issued') AND (l.livePaymentId IS NULL OR l.livePaymentId <> l.paymentId))
   OR (f.state = 'reversed' AND l.livePaymentId IS NOT NULL)
   OR (f.state IN ('issued', 'reversed') AND (f.number IS NULL OR f.issuedAt IS NULL))
