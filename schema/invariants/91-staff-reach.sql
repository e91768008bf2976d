-- promise: 员工只管得到自己商户、自己商场的门店
-- promiseEn: Staff reach stores of their own tenant and mall alone
SELECT l.mallId, l.staffId, l.storeId
FROM staffStore l
LEFT JOIN staff p ON p.staffId = l.staffId AND p.mallId = l.mallId
LEFT JOIN store s ON s.storeId = l.storeId AND s.mallId = l.mallId
WHERE p.staffId IS NULL OR s.storeId IS NULL OR p.role <> 'salesAssociate' OR s.tenantId <> p.tenantId;
