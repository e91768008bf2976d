-- promise: 报价各项相加等于应计停车费
-- promiseEn: The parts of a quote add up to its tariff
SELECT mallId, quoteId, parkingId, tariffFen, tierFen, couponFen, capFen, paidBeforeFen, dueFen FROM parkingQuotes
WHERE tariffFen <> tierFen + couponFen + capFen + paidBeforeFen + dueFen OR dueFen < 0 OR nextDueFen < dueFen
