/* SPDX-License-Identifier: GPL-2.0-only */

#include "ike-cipher-suite.h"

namespace ns3
{
namespace keepalive
{

namespace
{

/**
 * Columns as the fields. Sizes of the resulting messages are in test/ike-header-test.cc; those of
 * aes-sha256 are in captures of strongSwan 5.9.8 for both versions (108 and 80 octets).
 */
const IkeCipherSuite SUITES[] = {
    {"none", 1, false, 1, 20, 0, 0},
    {"3des-md5", 1, true, 8, 16, 0, 0},
    {"3des-sha1", 1, true, 8, 20, 0, 0},
    {"aes-md5", 1, true, 16, 16, 0, 0},
    {"aes-sha1", 1, true, 16, 20, 0, 0},
    {"aes-sha256", 1, true, 16, 32, 0, 0},
    {"none", 2, false, 1, 0, 0, 0},
    {"aes-cbc-sha1-96", 2, true, 16, 0, 16, 12},
    {"aes-cbc-sha256-128", 2, true, 16, 0, 16, 16},
    {"aes-cbc-sha512-256", 2, true, 16, 0, 16, 32},
    {"aes-gcm-16", 2, true, 1, 0, 8, 16},
};

} // namespace

const IkeCipherSuite*
IkeCipherSuite::Find(const std::string& name, uint8_t ikeVersion)
{
    for (const IkeCipherSuite& suite : SUITES)
    {
        if (name == suite.name && ikeVersion == suite.ikeVersion)
        {
            return &suite;
        }
    }
    return nullptr;
}

std::vector<std::string>
IkeCipherSuite::GetNames(uint8_t ikeVersion)
{
    std::vector<std::string> names;
    for (const IkeCipherSuite& suite : SUITES)
    {
        if (ikeVersion == suite.ikeVersion)
        {
            names.emplace_back(suite.name);
        }
    }
    return names;
}

std::vector<uint8_t>
IkeCipherSuite::Seal(const std::vector<uint8_t>& content) const
{
    if (!encrypts)
    {
        return content;
    }
    // IKEv2 pads content and pad length together, IKEv1 the content alone.
    const std::size_t plain = content.size() + (ikeVersion == 1 ? 0 : 1);
    const std::size_t padding = (block - plain % block) % block;
    std::vector<uint8_t> sealed(iv);
    sealed.insert(sealed.end(), content.begin(), content.end());
    sealed.resize(sealed.size() + padding);
    if (ikeVersion != 1)
    {
        sealed.push_back(static_cast<uint8_t>(padding));
    }
    sealed.resize(sealed.size() + icv);
    return sealed;
}

std::optional<std::vector<uint8_t>>
IkeCipherSuite::Open(const std::vector<uint8_t>& sealed) const
{
    if (!encrypts)
    {
        return sealed;
    }
    if (sealed.size() < iv + icv || (sealed.size() - iv - icv) % block != 0)
    {
        return std::nullopt;
    }
    std::vector<uint8_t> content(sealed.begin() + iv,
                                 sealed.end() - static_cast<std::ptrdiff_t>(icv));
    if (ikeVersion == 1)
    {
        return content;
    }
    if (content.empty() || content.back() >= content.size())
    {
        return std::nullopt;
    }
    content.resize(content.size() - content.back() - 1);
    return content;
}

} // namespace keepalive
} // namespace ns3
