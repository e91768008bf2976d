-- promise: 有效发票不超过支付中还留着的钱（红冲在办的除外）；红票从不单独存在
-- promiseEn: A live fapiao is over no more than its payment still holds, unless a red one is on its way; no red one stands alone
SELECT f.mallId, f.fapiaoId AS subject, 'more than the payment holds' AS broken
FROM fapiaoLine l JOIN fapiao f ON f.fapiaoId = l.fapiaoId JOIN payments p ON p.paymentId = l.livePaymentId
WHERE f.state IN ('requested', 'issuing', 'asking', 'issued') AND f.redOrderNumber IS NULL AND l.grossFen > p.amountFen - p.refundedFen
  AND NOT EXISTS (SELECT 1 FROM outbox o WHERE o.mallId = f.mallId AND o.type = 'payment.refunded' AND o.deliveredAt IS NULL AND o.data LIKE CONCAT('%', p.paymentId, '%'))
UNION ALL
SELECT mallId, fapiaoId, 'a red one alone' FROM fapiao
WHERE (redNumber IS NOT NULL) <> (state = 'reversed') OR (redNumber IS NOT NULL AND (redOrderNumber IS NULL OR number IS NULL)) OR (state = 'failed' AND redOrderNumber IS NOT NULL)
