-- promise: 退款（含在途）之和不超过已付，且与支付单记载一致
-- promiseEn: Refunds, those under way included, never pass what was paid and agree with the payment
SELECT p.mallId, p.paymentId, p.state, p.amountFen, p.committedFen, p.refundedFen, COALESCE(r.committed, 0) AS committed, COALESCE(r.done, 0) AS done
FROM payments p
LEFT JOIN (SELECT paymentId, SUM(CASE WHEN state <> 'failed' THEN amountFen ELSE 0 END) AS committed, SUM(CASE WHEN state = 'refunded' THEN amountFen ELSE 0 END) AS done FROM refunds GROUP BY paymentId) r
  ON r.paymentId = p.paymentId
WHERE p.committedFen <> COALESCE(r.committed, 0) OR p.refundedFen <> COALESCE(r.done, 0) OR p.committedFen > p.amountFen OR p.refundedFen > p.committedFen
   OR (p.committedFen > 0 AND p.state NOT IN ('paid', 'refunding', 'refunded')) OR (p.state = 'refunded' AND p.refundedFen <> p.amountFen)
