/* SPDX-License-Identifier: GPL-2.0-only */

#include "ppp-options.h"

#include <algorithm>
#include <utility>

namespace ns3
{
namespace keepalive
{

namespace
{

/// Most bytes of a value: the length, one byte, counts type and length too.
constexpr std::size_t MAX_VALUE_SIZE = UINT8_MAX - PppOptions::OPTION_HEADER_SIZE;

} // namespace

std::optional<uint64_t>
PppOptions::Option::GetNumber(std::size_t size) const
{
    if (value.size() != size || size > sizeof(uint64_t))
    {
        return std::nullopt;
    }
    uint64_t number = 0;
    for (const uint8_t byte : value)
    {
        number = (number << 8) | byte;
    }
    return number;
}

bool
PppOptions::Option::operator==(const Option& other) const
{
    return type == other.type && value == other.value;
}

PppOptions::Option
PppOptions::MakeOption(uint8_t type, uint64_t number, std::size_t size)
{
    Option option;
    option.type = type;
    option.value.resize(std::min(size, sizeof(number)));
    for (auto byte = option.value.rbegin(); byte != option.value.rend(); ++byte)
    {
        *byte = static_cast<uint8_t>(number);
        number >>= 8;
    }
    return option;
}

std::optional<DropReason>
PppOptions::Parse(const uint8_t* data, std::size_t size)
{
    m_options.clear();
    std::size_t at = 0;
    while (at < size)
    {
        // The length of an option counts its own type and length (RFC 1661 section 6).
        const std::size_t left = size - at;
        if (left < OPTION_HEADER_SIZE || data[at + 1] < OPTION_HEADER_SIZE || data[at + 1] > left)
        {
            m_options.clear();
            return DropReason::BAD_OPTION;
        }
        const std::size_t length = data[at + 1];
        Option option;
        option.type = data[at];
        option.value.assign(data + at + OPTION_HEADER_SIZE, data + at + length);
        m_options.push_back(std::move(option));
        at += length;
    }
    return std::nullopt;
}

std::vector<uint8_t>
PppOptions::Serialize() const
{
    std::vector<uint8_t> bytes;
    for (const Option& option : m_options)
    {
        bytes.push_back(option.type);
        bytes.push_back(static_cast<uint8_t>(OPTION_HEADER_SIZE + option.value.size()));
        bytes.insert(bytes.end(), option.value.begin(), option.value.end());
    }
    return bytes;
}

void
PppOptions::Add(Option option)
{
    if (option.value.size() > MAX_VALUE_SIZE)
    {
        option.value.resize(MAX_VALUE_SIZE);
    }
    m_options.push_back(std::move(option));
}

const std::vector<PppOptions::Option>&
PppOptions::GetAll() const
{
    return m_options;
}

bool
PppOptions::IsEmpty() const
{
    return m_options.empty();
}

const PppOptions::Option*
PppOptions::Find(uint8_t type) const
{
    for (const Option& option : m_options)
    {
        if (option.type == type)
        {
            return &option;
        }
    }
    return nullptr;
}

bool
PppOptions::Contains(const Option& option) const
{
    return std::find(m_options.begin(), m_options.end(), option) != m_options.end();
}

std::optional<uint16_t>
PppOptions::GetMru() const
{
    return GetNumber(LCP_MRU, MRU_SIZE);
}

std::optional<uint32_t>
PppOptions::GetAccm() const
{
    return GetNumber(LCP_ACCM, ACCM_SIZE);
}

std::optional<uint32_t>
PppOptions::GetMagic() const
{
    return GetNumber(LCP_MAGIC, MAGIC_SIZE);
}

bool
PppOptions::HasPfc() const
{
    return Find(LCP_PFC) != nullptr;
}

bool
PppOptions::HasAcfc() const
{
    return Find(LCP_ACFC) != nullptr;
}

std::optional<uint32_t>
PppOptions::GetIpAddress() const
{
    return GetNumber(IPCP_ADDRESS, ADDRESS_SIZE);
}

std::optional<uint64_t>
PppOptions::GetInterfaceIdentifier() const
{
    return GetNumber(IPV6CP_ID, IDENTIFIER_SIZE);
}

bool
PppOptions::operator==(const PppOptions& other) const
{
    return m_options == other.m_options;
}

std::optional<uint64_t>
PppOptions::GetNumber(uint8_t type, std::size_t size) const
{
    const Option* option = Find(type);
    return option ? option->GetNumber(size) : std::nullopt;
}

} // namespace keepalive
} // namespace ns3
