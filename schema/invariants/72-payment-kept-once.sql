-- promise: 一笔报价只收一次钱；多收的全额退回
-- promiseEn: A quote is paid once; what came in beyond goes back in full
SELECT mallId, quoteId AS subject, 'kept twice' AS broken FROM payments WHERE kept = 1 AND quoteId IS NOT NULL GROUP BY mallId, quoteId HAVING COUNT(*) > 1
UNION ALL
SELECT mallId, paymentId, 'superfluous and not given back' FROM payments WHERE kept = 0 AND committedFen <> amountFen
