-- A refund looks for the redemptions of its payment, a member's page for those of the member.
ALTER TABLE redemptions
  ADD KEY redemptions_payment (paymentId),
  ADD KEY redemptions_member (mallId, memberId, redemptionId);
