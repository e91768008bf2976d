-- promise: 会员当日用掉的停车时长，等于各笔使用之和
-- promiseEn: Minutes of the tier used on a day are the sum of their uses
SELECT d.mallId, d.memberId, d.day, d.minutes, COALESCE(u.minutes, 0) AS uses
FROM parkingTierDays d
LEFT JOIN (SELECT mallId, memberId, day, SUM(minutes) AS minutes FROM parkingTierUses WHERE state <> 'released' GROUP BY mallId, memberId, day) u
  ON u.mallId = d.mallId AND u.memberId = d.memberId AND u.day = d.day
WHERE d.minutes <> COALESCE(u.minutes, 0)
