// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.benchmarks;

import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/**
 * Room in the queue for what one thread records in one invocation, each of which takes
 * milliseconds: what JMH warns of does not apply.
 */
@State(Scope.Thread)
public class Room {

	@Setup(Level.Invocation)
	public void await(Application application) {
		application.queue().awaitRoom();
	}

}
