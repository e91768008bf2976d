-- promise: 全额退款的支付不留积分
-- promiseEn: A payment that was refunded in full leaves no points
SELECT p.mallId, p.paymentId, p.paidFen, r.refundedFen, p.pointsEarned
FROM pointsPayments p JOIN (SELECT paymentId, SUM(amountFen) AS refundedFen FROM pointsRefunds GROUP BY paymentId) r ON r.paymentId = p.paymentId
WHERE r.refundedFen >= p.paidFen AND p.pointsEarned <> 0;
