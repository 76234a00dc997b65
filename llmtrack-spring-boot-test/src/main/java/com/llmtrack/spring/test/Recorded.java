// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring.test;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;

/**
 * A thread-safe list whose growth can be awaited.
 *
 * @param <T> type of the elements
 */
final class Recorded<T> {

	private final Lock lock = new ReentrantLock();

	private final Condition added = this.lock.newCondition();

	private final List<T> elements = new ArrayList<>();

	void add(T element) {
		this.lock.lock();
		try {
			this.elements.add(element);
			this.added.signalAll();
		}
		finally {
			this.lock.unlock();
		}
	}

	List<T> all() {
		this.lock.lock();
		try {
			return List.copyOf(this.elements);
		}
		finally {
			this.lock.unlock();
		}
	}

	void clear() {
		this.lock.lock();
		try {
			this.elements.clear();
		}
		finally {
			this.lock.unlock();
		}
	}

	/**
	 * Wait until there are enough elements.
	 * @return whether there were enough within the time
	 */
	boolean await(int count, Duration timeout) {
		this.lock.lock();
		try {
			long nanos = timeout.toNanos();
			while (this.elements.size() < count) {
				if (nanos <= 0) {
					return false;
				}
				nanos = this.added.awaitNanos(nanos);
			}
			return true;
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new AssertionError("Interrupted while waiting", ex);
		}
		finally {
			this.lock.unlock();
		}
	}

}
