// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring.instrumentation.call;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

import com.llmtrack.spring.LlmRequestStatus;
import org.jspecify.annotations.Nullable;

/**
 * The calls of other models that were made for one call, and for the assembly of its
 * stream. They tell whether that call only passed its request on, as a routing, fallback
 * or caching model does, or made one of its own, as one that first asks another model
 * whether the prompt is harmless. Safe for any thread; never waits for a call.
 */
final class LinkedCalls {

	/** Of a call that makes more of them, the latest are enough. */
	private static final int MAX_LINKS = 1_000;

	private final @Nullable LinkedCalls ofAssembly;

	private final Deque<Link> links = new ArrayDeque<>(2);

	/**
	 * Create links.
	 * @param ofAssembly the calls that were made when the stream was assembled, if it is
	 * one
	 */
	LinkedCalls(@Nullable LinkedCalls ofAssembly) {
		this.ofAssembly = ofAssembly;
	}

	/**
	 * Link a call.
	 * @param call the call
	 * @param certain whether it is certain that the call was made for this one; otherwise
	 * somebody may have made both at the same time
	 */
	synchronized void add(ModelCall call, boolean certain) {
		if (this.links.size() == MAX_LINKS) {
			this.links.removeFirst();
		}
		this.links.add(new Link(call, certain));
	}

	/**
	 * Return whether a call that has ended passed its request on: its usage is that of a
	 * linked call, or of all together, or it is not known. A usage tells it even if the
	 * answer was put into a new envelope, or made anew from its chunks.
	 * @param counts the token counts that the call reported
	 * @param end how the call ended: one that did not read the answer to its end may know
	 * less of it
	 */
	boolean explain(ReportedCounts counts, CallEnd end) {
		LlmRequestStatus status = end.status();
		List<Link> all = all();
		if (!counts.isKnown()) {
			return end.isByRefusal() || all.stream().anyMatch((link) -> link.explainsUnknown(status));
		}
		boolean partly = status != LlmRequestStatus.SUCCESS;
		ReportedCounts sum = ReportedCounts.NONE;
		ReportedCounts max = ReportedCounts.NONE;
		for (Link link : all) {
			ReportedCounts linked = link.call().countsSoFar();
			if (linked.cover(counts, partly)) {
				return true;
			}
			sum = sum.plus(linked);
			max = max.max(linked);
		}
		return sum.cover(counts, partly) || max.cover(counts, partly);
	}

	private List<Link> all() {
		List<Link> all = (this.ofAssembly != null) ? this.ofAssembly.all() : new ArrayList<>(2);
		synchronized (this) {
			all.addAll(this.links);
		}
		return all;
	}

	private record Link(ModelCall call, boolean certain) {

		/**
		 * Return whether the usage is not known because the linked call has it, or will
		 * have it: nobody else waits for that one if this gave up first.
		 */
		boolean explainsUnknown(LlmRequestStatus status) {
			return this.certain || (status != LlmRequestStatus.SUCCESS && this.call.isOpen());
		}

	}

}
