/*
 * Copyright 2026-present the original author or authors.
 *
 * Licensed under the Apache License, Version 2.0 (the "License");
 * you may not use this file except in compliance with the License.
 * You may obtain a copy of the License at
 *
 *      https://www.apache.org/licenses/LICENSE-2.0
 *
 * Unless required by applicable law or agreed to in writing, software
 * distributed under the License is distributed on an "AS IS" BASIS,
 * WITHOUT WARRANTIES OR CONDITIONS OF ANY KIND, either express or implied.
 * See the License for the specific language governing permissions and
 * limitations under the License.
 */

package com.llmtrack.spring.instrumentation;

import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;

/**
 * Remembers what a supplier supplied. Holds no lock meanwhile, as two threads of which
 * one holds this lock and the other the container's would wait for each other forever; so
 * the supplier may be asked twice.
 */
final class UnlockedLazy<T> implements Supplier<T> {

	private final Supplier<T> supplier;

	private volatile @Nullable T value;

	UnlockedLazy(Supplier<T> supplier) {
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
