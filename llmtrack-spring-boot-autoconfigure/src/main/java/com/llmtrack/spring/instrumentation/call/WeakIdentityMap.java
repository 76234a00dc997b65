// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring.instrumentation.call;

import java.lang.ref.Reference;
import java.lang.ref.ReferenceQueue;
import java.lang.ref.WeakReference;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

import org.jspecify.annotations.Nullable;

/**
 * A map that compares its keys by identity, since a model or an answer may define
 * {@code equals} as it likes, and does not keep them alive. Safe for any thread.
 *
 * @param <V> the type of the values
 */
public final class WeakIdentityMap<V> {

	private final Map<Object, V> entries = new ConcurrentHashMap<>();

	private final ReferenceQueue<Object> collected = new ReferenceQueue<>();

	public void put(Object key, V value) {
		removeCollected();
		this.entries.put(new Key(key, this.collected), value);
	}

	public void putIfAbsent(Object key, V value) {
		removeCollected();
		this.entries.putIfAbsent(new Key(key, this.collected), value);
	}

	private void removeCollected() {
		for (Reference<?> gone = this.collected.poll(); gone != null; gone = this.collected.poll()) {
			this.entries.remove(gone);
		}
	}

	public @Nullable V get(Object key) {
		return this.entries.get(new LookupKey(key));
	}

	public void forEachKey(Consumer<Object> action) {
		this.entries.keySet().forEach((key) -> {
			Object referent = (key instanceof Key reference) ? reference.get() : null;
			if (referent != null) {
				action.accept(referent);
			}
		});
	}

	public boolean isEmpty() {
		return this.entries.isEmpty();
	}

	public void clear() {
		this.entries.clear();
	}

	private static final class Key extends WeakReference<Object> {

		private final int hash;

		Key(Object key, ReferenceQueue<Object> queue) {
			super(key, queue);
			this.hash = System.identityHashCode(key);
		}

		@Override
		public boolean equals(@Nullable Object other) {
			return this == other || (other instanceof Key key && get() != null && get() == key.get());
		}

		@Override
		public int hashCode() {
			return this.hash;
		}

	}

	/**
	 * Finds a {@link Key}, and is no weak reference, with which the garbage collector
	 * would have to deal.
	 */
	private static final class LookupKey {

		private final Object key;

		LookupKey(Object key) {
			this.key = key;
		}

		@Override
		public boolean equals(@Nullable Object other) {
			return other instanceof Key candidate && candidate.refersTo(this.key);
		}

		@Override
		public int hashCode() {
			return System.identityHashCode(this.key);
		}

	}

}
