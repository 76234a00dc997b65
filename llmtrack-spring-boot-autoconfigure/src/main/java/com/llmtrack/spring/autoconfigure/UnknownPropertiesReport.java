// SPDX-FileCopyrightText: 2026-present the LLMtrack authors
// SPDX-License-Identifier: Apache-2.0

package com.llmtrack.spring.autoconfigure;

import java.util.Map;
import java.util.TreeMap;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

import org.springframework.boot.context.properties.source.ConfigurationProperty;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertySource;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.boot.context.properties.source.IterableConfigurationPropertySource;
import org.springframework.boot.context.properties.source.UnboundElementsSourceFilter;
import org.springframework.core.env.Environment;

/**
 * Says at start which of the properties under {@code llmtrack} there are none of: a
 * typing error, most likely. Environment variables and system properties may be somebody
 * else's and are left out. Looks at names only, since binding all once more, as Spring
 * Boot's own check does, takes its time.
 */
final class UnknownPropertiesReport {

	private static final Log logger = LogFactory.getLog("com.llmtrack.spring");

	private final Environment environment;

	UnknownPropertiesReport(Environment environment) {
		this.environment = environment;
	}

	void log() {
		try {
			for (ConfigurationProperty property : unknown().values()) {
				report(property);
			}
		}
		catch (RuntimeException ex) {
			// Not worth a start that fails
			logger.debug("Could not look for unknown properties", ex);
		}
	}

	private Map<ConfigurationPropertyName, ConfigurationProperty> unknown() {
		Map<ConfigurationPropertyName, ConfigurationProperty> unknown = new TreeMap<>();
		UnboundElementsSourceFilter filter = new UnboundElementsSourceFilter();
		for (ConfigurationPropertySource source : ConfigurationPropertySources.get(this.environment)) {
			if (source instanceof IterableConfigurationPropertySource names && filter.apply(source)) {
				addUnknown(names, unknown);
			}
		}
		return unknown;
	}

	private static void addUnknown(IterableConfigurationPropertySource names,
			Map<ConfigurationPropertyName, ConfigurationProperty> unknown) {
		for (ConfigurationPropertyName name : names) {
			if (KnownProperties.lack(name)) {
				unknown.computeIfAbsent(name, names::getConfigurationProperty);
			}
		}
	}

	private static void report(ConfigurationProperty property) {
		String name = property.getName().toString();
		logger.warn("There is no property '" + name + "'"
				+ ((property.getOrigin() != null) ? " (" + property.getOrigin() + ")" : "") + ". Did you mean '"
				+ KnownProperties.nearest(name) + "'?");
	}

}
