// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring.delivery;

import java.util.List;
import java.util.Set;

import org.jspecify.annotations.Nullable;

/**
 * What the upkeep of a spool changed.
 *
 * @param adopted the events that were adopted from processes that have ended, the oldest
 * first
 * @param kept the idempotency keys of the other events that still belong to this process,
 * as the rest was ceded to others; {@code null} if nothing was ceded
 */
public record SpoolUpkeep(List<SpooledEvent> adopted, @Nullable Set<String> kept) {

	/** Nothing has changed. */
	public static final SpoolUpkeep NONE = new SpoolUpkeep(List.of(), null);

}
