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

package com.llmtrack.spring.autoconfigure;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.context.properties.bind.BindHandler;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.bind.UnboundConfigurationPropertiesException;
import org.springframework.boot.context.properties.bind.handler.NoUnboundElementsBindHandler;
import org.springframework.boot.context.properties.source.ConfigurationProperty;
import org.springframework.boot.context.properties.source.UnboundElementsSourceFilter;
import org.springframework.core.env.Environment;

/**
 * Says at start which of the properties under {@code llmtrack} there are none of: a
 * typing error, most likely. Environment variables and system properties may be somebody
 * else's and are left out.
 */
final class UnknownPropertiesReport implements SmartInitializingSingleton {

	private static final Log logger = LogFactory.getLog("com.llmtrack.spring");

	private final Environment environment;

	UnknownPropertiesReport(Environment environment) {
		this.environment = environment;
	}

	@Override
	public void afterSingletonsInstantiated() {
		try {
			Binder
				.get(this.environment,
						new NoUnboundElementsBindHandler(BindHandler.DEFAULT, new UnboundElementsSourceFilter()))
				.bind("llmtrack", LlmTrackProperties.class);
		}
		catch (BindException ex) {
			if (ex.getCause() instanceof UnboundConfigurationPropertiesException unbound) {
				unbound.getUnboundProperties().forEach(UnknownPropertiesReport::report);
			}
		}
		catch (RuntimeException ex) {
			// Not worth a start that fails
			logger.debug("Could not look for unknown properties", ex);
		}
	}

	private static void report(ConfigurationProperty property) {
		String name = property.getName().toString();
		logger.warn("There is no property '" + name + "'"
				+ ((property.getOrigin() != null) ? " (" + property.getOrigin() + ")" : "") + ". Did you mean '"
				+ new KnownProperties().nearest(name) + "'?");
	}

}
