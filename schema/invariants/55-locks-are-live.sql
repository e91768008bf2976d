-- promise: 锁定的券指明一笔支付，未锁定的没有
-- promiseEn: A locked coupon names one payment, and no other coupon does
SELECT c.mallId, c.couponId, c.state, c.lockedFor
FROM coupons c WHERE (c.state = 'locked') <> (c.lockedFor IS NOT NULL);
