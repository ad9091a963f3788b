/** The AWS SDK warns of Node versions it will drop one day; the README mentions it, so not at each start. */
process.env["AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED"] = "true";
