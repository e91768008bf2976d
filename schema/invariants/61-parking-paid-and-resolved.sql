-- promise: 付了款的停车，要么开闸离场，要么把钱退回；卡住的超时自动退款，放行后没有音讯的转为卡住
-- promiseEn: A paid stay ends with an opened barrier or with the money back; a stuck one is refunded in time, and one told to leave that no barrier answers for becomes stuck
SELECT s.mallId, s.parkingId, s.state, s.paidFen, s.refundedFen, s.stuckAt FROM parkingSessions s
WHERE (s.state = 'stuck' AND (s.paidFen > s.refundedFen OR s.tierMinutes > 0 OR JSON_LENGTH(s.coupons) > 0) AND (s.stuckAt IS NULL OR s.stuckAt < (SELECT j.startedAt FROM schedule j WHERE j.name = 'parking.gates') - INTERVAL 11 MINUTE))
   OR (s.state = 'closed' AND s.exitAt IS NULL)
   OR (s.state = 'void' AND s.paidFen > 0 AND NOT EXISTS (SELECT 1 FROM payments p JOIN refunds r ON r.paymentId = p.paymentId WHERE p.subjectId = s.parkingId AND r.state <> 'failed'))
   OR (s.state = 'refunded' AND s.paidFen > (SELECT COALESCE(SUM(p.committedFen), 0) FROM payments p WHERE p.purpose = 'parking' AND p.subjectId = s.parkingId AND p.kept = 1))
   OR (s.state = 'leaving' AND NOT EXISTS (SELECT 1 FROM gateCommands c WHERE c.parkingId = s.parkingId AND c.state IN ('queued', 'sent'))
       AND (SELECT COALESCE(MAX(c.dueAt), s.entryAt) FROM gateCommands c WHERE c.parkingId = s.parkingId) < (SELECT j.startedAt FROM schedule j WHERE j.name = 'parking.gates') - INTERVAL 2 MINUTE)
