// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring.delivery;

import java.util.concurrent.locks.LockSupport;

import org.jspecify.annotations.Nullable;

/**
 * Lets one thread wait for work, and any other wake it. Waking a thread that is awake, as
 * it is under load, only reads a field: the application's threads do it for each event.
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
	 * End the use of the signal by the current thread.
	 */
	void end() {
		this.thread = null;
	}

	/**
	 * Wait for work, after none was found. The first call only sets a flag and returns,
	 * so that the caller looks again: nobody signals work that was added before the flag.
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
	 * Wait, whether or not there may be work already.
	 * @param nanos how long to wait at most
	 */
	void pause(long nanos) {
		this.waiting = true;
		LockSupport.parkNanos(this, nanos);
		this.waiting = false;
		// An interrupt is not meant for us, and would end every further wait
		Thread.interrupted();
	}

	/**
	 * Wake the thread, if it waits or is about to. To be called after the work is visible
	 * to it.
	 */
	void wake() {
		if (this.waiting) {
			this.waiting = false;
			LockSupport.unpark(this.thread);
		}
	}

}
