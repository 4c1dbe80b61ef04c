"""Names of other countries as registers write them: Indonesian, and common English or old forms."""

from reconcile.regions import fold

_NAMES = """
Afganistan, Afghanistan, Afrika Selatan, South Africa, Albania, Aljazair, Algeria, Amerika, Amerika Serikat,
USA, United States, Andorra, Angola, Arab Saudi, Saudi Arabia, Argentina, Armenia, Australia, Austria,
Azerbaijan, Bahrain, Bangladesh, Barbados, Belanda, Netherlands, Belarus, Belarusia, Belgia, Belgium,
Belize, Benin, Bhutan, Bolivia, Bosnia, Bosnia dan Herzegovina, Botswana, Brasil, Brazil, Britania Raya,
Brunei, Brunei Darussalam, Bulgaria, Burkina Faso, Burundi, Ceko, Chad, Chili, Chile, China, Cina, Tiongkok,
RRC, RRT, Denmark, Djibouti, Ekuador, Ecuador, El Salvador, Eritrea, Estonia, Eswatini, Ethiopia, Etiopia,
Fiji, Filipina, Philippines, Finlandia, Finland, Gabon, Gambia, Georgia, Ghana, Guatemala, Guinea, Guinea
Bissau, Guyana, Haiti, Honduras, Hong Kong, Hongaria, Hungaria, Hungary, India, Inggris, England, United
Kingdom, Irak, Iraq, Iran, Irlandia, Ireland, Islandia, Iceland, Israel, Italia, Italy, Jamaika, Jamaica,
Jepang, Japan, Jerman, Germany, Kamboja, Cambodia, Kamerun, Cameroon, Kanada, Canada, Kazakhstan, Kenya,
Kepulauan Solomon, Kirgizstan, Kiribati, Kolombia, Colombia, Komoro, Kongo, Congo, Korea, Korea Selatan,
South Korea, Korea Utara, Kosta Rika, Kroasia, Kuba, Cuba, Kuwait, Laos, Latvia, Lebanon, Lesotho, Liberia,
Libya, Liechtenstein, Lituania, Luksemburg, Madagaskar, Makau, Makedonia, Makedonia Utara, Maladewa, Malawi,
Malaysia, Mali, Malta, Maroko, Morocco, Mauritania, Mauritius, Meksiko, Mexico, Mesir, Egypt, Mikronesia,
Moldova, Monako, Mongolia, Montenegro, Mozambik, Mozambique, Myanmar, Burma, Namibia, Nauru, Nepal, Niger,
Nigeria, Nikaragua, Norwegia, Norway, Oman, Pakistan, Palau, Palestina, Panama, Pantai Gading, Papua Nugini,
Papua New Guinea, PNG, Paraguay, Peru, Polandia, Poland, Portugal, Prancis, Perancis, France, Qatar,
Rumania, Romania, Rusia, Russia, Rwanda, Samoa, San Marino, Selandia Baru, New Zealand, Senegal, Serbia,
Seychelles, Sierra Leone, Singapura, Singapore, Siprus, Slovakia, Slovenia, Slowakia, Somalia, Spanyol,
Spain, Sri Lanka, Sudan, Sudan Selatan, Suriah, Syria, Suriname, Swedia, Sweden, Swiss, Switzerland, Taiwan,
Tajikistan, Tanjung Verde, Tanzania, Thailand, Muangthai, Timor Leste, Timor Timur, Togo, Tonga, Trinidad
dan Tobago, Tunisia, Turki, Turkiye, Turkey, Turkmenistan, Tuvalu, Uganda, Ukraina, Ukraine, Uni Emirat
Arab, Uruguay, Uzbekistan, Vanuatu, Vatikan, Venezuela, Vietnam, Yaman, Yemen, Yordania, Jordan, Yunani,
Greece, Zambia, Zimbabwe
"""

COUNTRIES = frozenset(fold(name) for name in _NAMES.split(","))
