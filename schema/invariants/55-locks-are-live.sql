-- promise: 锁定的券指明一笔未了结的支付，未锁定的没有
-- promiseEn: A locked coupon names one payment that is still open, and no other coupon does
SELECT c.mallId, c.couponId, c.state, c.lockedFor, p.state AS paymentState
FROM coupons c LEFT JOIN payments p ON p.paymentId = c.lockedFor
WHERE (c.state = 'locked') <> (c.lockedFor IS NOT NULL) OR (c.state = 'locked' AND p.state IN ('closed', 'failed', 'refunded'));
