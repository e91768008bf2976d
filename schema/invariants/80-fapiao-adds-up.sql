-- promise: 一张发票的行合计等于票面，含税 = 不含税 + 税额
-- promiseEn: The lines of a fapiao add up to its face, and gross is net plus tax
SELECT f.mallId, f.fapiaoId, f.grossFen, SUM(l.grossFen) AS linesFen
FROM fapiao f LEFT JOIN fapiaoLine l ON l.fapiaoId = f.fapiaoId
GROUP BY f.mallId, f.fapiaoId, f.grossFen, f.netFen, f.taxFen
HAVING f.grossFen <> COALESCE(SUM(l.grossFen), 0) OR f.netFen <> COALESCE(SUM(l.netFen), 0) OR f.taxFen <> COALESCE(SUM(l.taxFen), 0) OR f.grossFen <> f.netFen + f.taxFen
