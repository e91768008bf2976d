-- promise: 已付的支付单都有服务商流水号与时间；未付的都没有
-- promiseEn: A paid payment has a provider transaction and a time; an unpaid one has neither
SELECT mallId, paymentId, state, method, providerNumber, paidAt, kept FROM payments
WHERE (state IN ('paid', 'refunding', 'refunded')) <> (paidAt IS NOT NULL) OR (state IN ('paid', 'refunding', 'refunded')) <> (kept IS NOT NULL)
   OR (paidAt IS NOT NULL AND method <> 'none' AND providerNumber IS NULL) OR (method = 'none' AND amountFen <> 0)
   OR (state IN ('created', 'waiting', 'asking')) <> (openQuoteId IS NOT NULL) OR (state IN ('created', 'waiting', 'asking') AND askAt IS NULL)
