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

package com.llmtrack.spring;

import java.net.URL;
import java.net.URLClassLoader;

/**
 * Loads our classes anew and leaves all others to the application's class loader, as that
 * of the DevTools does.
 */
final class FreshClassLoader extends URLClassLoader {

	private static final String OURS = "com.llmtrack.spring.";

	private final String hidden;

	/**
	 * Create a class loader.
	 * @param hidden prefix of the names of classes that our classes don't find
	 */
	FreshClassLoader(String hidden) {
		super(new URL[] { location(LlmUsageEvent.class), location(FreshClassLoader.class) },
				FreshClassLoader.class.getClassLoader());
		this.hidden = hidden;
	}

	private static URL location(Class<?> type) {
		return type.getProtectionDomain().getCodeSource().getLocation();
	}

	boolean hasLoaded(String name) {
		return findLoadedClass(name) != null;
	}

	@Override
	protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
		if (name.startsWith(this.hidden)) {
			throw new ClassNotFoundException(name);
		}
		if (!name.startsWith(OURS)) {
			return super.loadClass(name, resolve);
		}
		synchronized (getClassLoadingLock(name)) {
			Class<?> loaded = findLoadedClass(name);
			return (loaded != null) ? loaded : findClass(name);
		}
	}

}
