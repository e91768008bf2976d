-- promise: 每家店在本商场的一个单元里，属于本商场的商户；一个单元最多一家营业店
-- promiseEn: Every store stands in a unit of its mall and belongs to a tenant of it; a unit has one store that is not closed
SELECT s.mallId, s.storeId, s.unit, 'no such unit, trade or tenant' AS broken
FROM store s
LEFT JOIN unit u ON u.mallId = s.mallId AND u.unit = s.unit AND u.floor = s.floor
LEFT JOIN tenant t ON t.tenantId = s.tenantId AND t.mallId = s.mallId
LEFT JOIN tradeCategory c ON c.mallId = s.mallId AND c.code = s.tradeCategory
WHERE u.unit IS NULL OR t.tenantId IS NULL OR c.code IS NULL
UNION ALL
SELECT mallId, MIN(storeId), unit, 'two stores' FROM store WHERE status <> 'closed' GROUP BY mallId, unit HAVING COUNT(*) > 1;
