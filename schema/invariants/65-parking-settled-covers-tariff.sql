-- promise: 已结清离场的停车，已付与优惠之和不少于最后一次付款时的应计停车费
-- promiseEn: What a closed stay paid and was let off covers the tariff that its last payment was told
SELECT s.mallId, s.parkingId, s.paidFen, q.tariffFen, q.tierFen, q.couponFen, q.capFen FROM parkingSessions s
JOIN payments p ON p.paymentId = s.paymentId JOIN parkingQuotes q ON q.quoteId = p.quoteId
WHERE s.state = 'closed' AND s.refundedFen = 0 AND s.paidFen + q.tierFen + q.couponFen + q.capFen < q.tariffFen
