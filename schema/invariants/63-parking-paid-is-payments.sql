-- promise: 停车记录的已付与已退，等于其支付单与退款单之和
-- promiseEn: What a stay shows as paid and refunded is the sum of its payments and refunds
SELECT s.mallId, s.parkingId, s.paidFen, s.refundedFen, COALESCE(p.paid, 0) AS paymentsFen, COALESCE(p.refunded, 0) AS refundsFen
FROM parkingSessions s
LEFT JOIN (SELECT subjectId, SUM(amountFen) AS paid, SUM(refundedFen) AS refunded FROM payments WHERE purpose = 'parking' AND kept = 1 GROUP BY subjectId) p ON p.subjectId = s.parkingId
WHERE s.paidFen <> COALESCE(p.paid, 0) OR s.refundedFen <> COALESCE(p.refunded, 0)
