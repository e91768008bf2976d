-- The dashboard looks for payments being asked about, refunds under way and fapiao that failed.
ALTER TABLE payments ADD KEY payments_state (mallId, state, createdAt);
ALTER TABLE refunds ADD KEY refunds_state (mallId, state, createdAt);
ALTER TABLE fapiao ADD KEY fapiao_state (mallId, state, requestedAt);
