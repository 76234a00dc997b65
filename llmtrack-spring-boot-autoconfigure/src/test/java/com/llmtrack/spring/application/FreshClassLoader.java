// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring.application;

import java.net.URL;
import java.net.URLClassLoader;

import com.llmtrack.spring.LlmUsageEvent;

/**
 * Loads the starter's classes itself and delegates all others to the application's class
 * loader, as the DevTools do.
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
