// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring.delivery;

import java.util.concurrent.locks.LockSupport;

import org.jspecify.annotations.Nullable;

/**
 * Lets one thread wait for news, and any other wake it. Waking a thread that is awake, as
 * it is while there is much to do, is no more than reading a field: the application's
 * threads do it for each event.
 */
final class WakeSignal {

	private volatile @Nullable Thread thread;

	private volatile boolean waiting;

	/**
	 * Make the current thread the one that waits.
	 */
	void begin() {
		this.thread = Thread.currentThread();
	}

	/**
	 * Let nobody wait any more.
	 */
	void end() {
		this.thread = null;
	}

	/**
	 * Wait for news, after a look for them in vain. The first time it only says so and
	 * returns for another look: of what came before, nobody could tell.
	 * @param nanos how long to wait at most
	 */
	void await(long nanos) {
		if (this.waiting) {
			pause(nanos);
		}
		else {
			this.waiting = true;
		}
	}

	/**
	 * Wait, whether or not there may be news already.
	 * @param nanos how long to wait at most
	 */
	void pause(long nanos) {
		this.waiting = true;
		LockSupport.parkNanos(this, nanos);
		this.waiting = false;
		// Not meant for us, and a flag that stays set would end every wait
		Thread.interrupted();
	}

	/**
	 * Wake the thread, if it waits or is about to. To be called after the news can be
	 * seen.
	 */
	void wake() {
		if (this.waiting) {
			this.waiting = false;
			LockSupport.unpark(this.thread);
		}
	}

}
