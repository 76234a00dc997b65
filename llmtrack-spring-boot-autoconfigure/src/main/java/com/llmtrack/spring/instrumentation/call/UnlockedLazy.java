// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring.instrumentation.call;

import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;

/**
 * Remembers what a supplier supplied. Holds no lock meanwhile, as two threads of which
 * one holds this lock and the other the container's would wait for each other forever; so
 * the supplier may be asked twice.
 */
public final class UnlockedLazy<T> implements Supplier<T> {

	private final Supplier<T> supplier;

	private volatile @Nullable T value;

	public UnlockedLazy(Supplier<T> supplier) {
		this.supplier = supplier;
	}

	@Override
	public T get() {
		T value = this.value;
		if (value == null) {
			value = this.supplier.get();
			this.value = value;
		}
		return value;
	}

}
